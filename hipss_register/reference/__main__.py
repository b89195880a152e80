"""``python -m hipss_register.reference``."""

import sys

from hipss_register.reference.pages import main

sys.exit(main())
