# The frame of all pages.

layout-description = Sigillo genera, verifica e spiega MTA-STS: posta cifrata tra i server, senza che nessuno lungo il percorso possa disattivarla.
layout-skip = Salta al contenuto
layout-navigation = Strumenti
layout-language = Lingua
layout-footer = Sigillo è software libero. Non tiene nota di chi chiede e non chiede nulla ad altri siti.

nav-home = Inizio
nav-generator = Generatore
nav-checker = Verifica
nav-validator = Validatore
nav-dmarc = DMARC
nav-tls-rpt = TLS-RPT
nav-guide = Guida
nav-codes = Rilievi
nav-api = API

copy = Copia
copy-done = Copiato
