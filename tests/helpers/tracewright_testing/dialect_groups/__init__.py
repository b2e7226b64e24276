"""What random dialect programs are made of, a file per group of constructs; `group.py` says how they are written."""
