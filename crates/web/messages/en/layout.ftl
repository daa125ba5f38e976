# The frame of all pages.

layout-description = Sigillo generates, checks and explains MTA-STS: encrypted mail between servers that nobody on the way can switch off.
layout-skip = Skip to the content
layout-navigation = Tools
layout-language = Language
layout-footer = Sigillo is free software. It keeps no account of who asks, and asks no other site for anything.

nav-home = Home
nav-generator = Generator
nav-checker = Checker
nav-validator = Validator
nav-dmarc = DMARC
nav-tls-rpt = TLS-RPT
nav-guide = Guide
nav-codes = Findings
nav-api = API

copy = Copy
copy-done = Copied
