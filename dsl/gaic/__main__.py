"""`python -m gaic`: the command, where the script `gaic` is not on the PATH."""

from gaic.cli.main import main

if __name__ == "__main__":
    main()
