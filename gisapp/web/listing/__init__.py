"""The list: its columns, pages and downloads."""
