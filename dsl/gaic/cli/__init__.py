"""The command: reads the command line, prints, writes files, sets the exit code.

Everything but click is imported inside the commands, so that `gaic --help` answers at once.
"""
