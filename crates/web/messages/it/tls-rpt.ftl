# The generator of TLS-RPT records.

tlsrpt-title = Generatore TLS-RPT
tlsrpt-heading = Chiedere i report TLS
tlsrpt-lead = Con un solo record nel DNS i mittenti comunicano una volta al giorno se le loro connessioni ai server di posta erano cifrate come devono. Così di un certificato scaduto si viene a sapere da un report, non da chi ha perso posta.
tlsrpt-domain-hint = La parte degli indirizzi dopo la `@`.
tlsrpt-rua-hint = Un indirizzo di posta, oppure un indirizzo `https:` che accetti report. Un indirizzo in un altro dominio riceve i report anche quando i server di posta di questo non funzionano.
tlsrpt-verify = Verificare il dominio
tlsrpt-existing = Un record già pubblicato
tlsrpt-existing-label = Record TLS-RPT
tlsrpt-existing-hint = Il testo del record TXT in `_smtp._tls`, senza virgolette.
tlsrpt-reports = Che cosa dicono i report
tlsrpt-reports-what = Ogni mittente che partecipa scrive un file JSON al giorno, compresso e inviato per posta o via HTTPS all'indirizzo indicato. Contiene:
tlsrpt-reports-policy = la policy incontrata: MTA-STS con il testo che il mittente aveva, DANE con i record TLSA, oppure nessuna;
tlsrpt-reports-counts = quante connessioni sono riuscite e quante no;
tlsrpt-reports-failures = per ogni tipo di errore il motivo, come `certificate-expired` o `validation-failure`, e l'host MX con cui si è verificato.
tlsrpt-read = Leggere un report
tlsrpt-read-how = Trascinare nel validatore un report così com'è arrivato, compresso o dentro il suo messaggio: la pagina dice che cosa non va e se la correzione spetta al proprio dominio.
tlsrpt-read-link = Al validatore
