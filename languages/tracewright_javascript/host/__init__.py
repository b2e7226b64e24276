"""What node offers to programs besides the language: native functions for the modules in `library`."""
