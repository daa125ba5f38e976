# The guide; its chapters are in the folder `guide`.

guide-heading = Guida a MTA-STS
guide-lead = Da che cos'è MTA-STS al giorno in cui i mittenti rifiutano tutto il resto, e che cosa fare quando cambiano gli host o i fornitori.
guide-codes = Ogni rilievo che Sigillo può segnalare è spiegato in una pagina propria:
guide-contents = In questa pagina
guide-neighbours = Altri capitoli
guide-previous = Precedente
guide-next = Successivo
guide-sample-policy = File della policy all'indirizzo `{ $url }`
guide-sample-record = Record { $type } in `{ $name }`
guide-sample-zone = Righe del file di zona
guide-sample-file = File `{ $path }`
guide-sample-commands = Comandi
guide-open-generator = Continuare da qui nel generatore
guide-open-dmarc = Continuare da qui nel generatore DMARC
guide-open-tls-rpt = Continuare da qui nel generatore TLS-RPT
guide-example-policy = Una policy con errori
guide-example-record = Un record MTA-STS con errori
guide-example-tls-rpt = Un record TLS-RPT con errori
guide-example-dmarc = Un record DMARC con errori
guide-example-report = Un report TLS con errori
guide-example-place = Riga { $line }, colonna { $column }
