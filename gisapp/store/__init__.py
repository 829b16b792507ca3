"""What is read and written: one module per kind of file. No decisions about schools."""
