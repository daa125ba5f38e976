# What can't be given.

error-home = Alla pagina iniziale
error-not-found = Questa pagina non esiste
error-not-found-help = Forse l'indirizzo è scritto male, oppure la pagina non c'è più.
error-method = Questa pagina non si usa così
error-method-help = Aprire la pagina e usare il suo modulo.
error-no-result = Qui non c'è alcun risultato
error-no-result-help = Forse il tempo in cui viene conservato è passato. Verificare di nuovo il dominio per averne uno nuovo.
error-store = In questo momento i risultati non si possono leggere
error-store-help = Riprovare tra un attimo.
error-timeout = È passato troppo tempo
error-timeout-help = Riprovare; forse la connessione è lenta.
error-too-large = È troppo grande
error-too-large-help = Il testo nel campo può avere 128 KiB, un file 10 MiB. Nessuna policy, nessun record e nessun report ha bisogno di più.
error-form = Il modulo non si può leggere
error-form-help = Aprire la pagina e usare di nuovo il suo modulo.
