# What can't be given.

error-home = To the first page
error-not-found = There is no such page
error-not-found-help = The address may be mistyped, or the page is gone.
error-method = This page can't be used like that
error-method-help = Go to the page and use its form.
error-no-result = There is no result here
error-no-result-help = It may have been kept long enough. Check the domain again for a new one.
error-store = Results can't be read right now
error-store-help = Please try again in a moment.
error-timeout = That took too long
error-timeout-help = Please try again; a slow connection may be the reason.
error-too-large = That is too large
error-too-large-help = A text in the field may have 128 KiB, a file 10 MiB. No policy, record or report needs more.
error-form = The form can't be read
error-form-help = Go to the page and use its form again.
