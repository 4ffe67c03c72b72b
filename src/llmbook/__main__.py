"""Run the commands: ``python -m llmbook``."""

import sys

from llmbook.cli import main

sys.exit(main())
