"""What is computed: tables, arrays and geometry in, the same out. No files, no HTTP, no clock."""
