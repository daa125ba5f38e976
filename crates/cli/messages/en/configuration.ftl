# What is said about the configuration. Names of faults are their codes; with -help, what to do.

config-valid = The configuration is valid
config-errors = { $count ->
    [one] The configuration is not valid: 1 error
   *[other] The configuration is not valid: { $count } errors
}
config-roles = `sigillo serve` runs with it: { $roles }.
config-no-role = No role has a section, so `sigillo serve` has nothing to run: add [web] or [sender].
config-no-file = There is no file { $path }: defaults and the environment count.
config-file = The configuration of { $path }, with the environment and all defaults.
config-section-off = { $section } is not there, so it is off.
config-unset = no value
config-origin-default = default
config-origin-credential = credential { $name }

config-meant = Did you mean { $meant }?
config-belongs = It belongs below { $section }.

config-too-long = the file is longer than { $limit } MiB
config-too-long-help = This is no configuration. Is it the right file?
config-not-utf8 = the text is not UTF-8
config-not-utf8-help = Save it as UTF-8.
config-syntax = the file is not TOML here: { $reason }
config-syntax-help = A line is a section, [web], or a key with its value: text in "quotes", numbers and true or false without, lists in [brackets] with commas.
config-unknown-section = there is no section [{ $name }]
config-unknown-section-help = The sections are { $sections }.
config-later-section = this version has no role [{ $name }]
config-later-section-help = Remove the section, or install a version that has the role.
config-outside-section = "{ $name }" stands outside any section
config-outside-section-help = Every key belongs below the heading of its section, such as [web].
config-not-a-section = "{ $name }" is a section, not a value
config-not-a-section-help = Write its name in single brackets on a line of its own, and its keys below.
config-unknown-key = [{ $section }] has no key "{ $name }"
config-unknown-key-help = Its keys are { $keys }.
config-unknown-variable = no key has the variable { $name }
config-unknown-variable-help = A variable is SIGILLO_, the section and the key in upper case, as in SIGILLO_WEB_LISTEN. Remove or mend it.
config-wrong-form = { $key } takes { $form }, and this is { $found }
config-wrong-form-help = Write it as in { $example }.
config-invalid-value = "{ $value }" can't be the value of { $key }
config-invalid-secret = what is given for { $key } can't be its value (it is not shown, as it may hold a password)
config-unreadable-file = "{ $path }" can't be read: { $reason }
config-unreadable-file-help = Check the path and its permissions; a relative path counts from the folder in which the program is started.
config-unusable-file = "{ $path }" can't be used: { $reason }
config-unusable-file-help = Name another file, or mend this one.
config-conflict = { $key } and { $other } are both given
config-conflict-help = Give one of them.
config-same-address = { $value } is also an address of { $others }
config-same-address-help = Give each an address of its own; a key that is not given has its default. Metrics are not for the public, so they are never at one of the web pages.
config-socket-path-too-long = the path of the Unix socket of { $key } has { $length } bytes, and may have at most { $limit }: "{ $path }"
config-socket-path-too-long-help = Give unix: with a shorter path, such as one below /run.
config-no-data-folder = there is no folder for the default of { $key }: neither STATE_DIRECTORY, XDG_DATA_HOME nor HOME is set
config-no-data-folder-help = Give { $name } in its section, with an absolute path.

config-form-text = a text
config-form-text-example = "text"
config-form-list = a list of texts
config-form-list-example = ["one", "two"]; in the environment, one,two
config-form-number = a whole number
config-form-number-example = 443
config-form-switch = true or false
config-form-switch-example = true
config-form-duration = a duration
config-form-duration-example = "30s"
config-form-overrides = tables
config-form-overrides-example = [[override]] on a line of its own, and the keys below
config-form-patterns = a list of texts
config-form-patterns-example = ["mail.example.com", "*.example.net"]
config-form-policy = a table
config-form-policy-example = policy = {"{"} mode = "enforce", mx = ["mail.example.com"] {"}"}
config-found-text = a text
config-found-number = a number
config-found-fraction = a number with a fraction
config-found-switch = true or false
config-found-date = a date or time
config-found-list = a list
config-found-table = a section or table

config-expected-number = Give a whole number from { $least } to { $most }.
config-expected-duration = Give a duration from { $least } to { $most }: seconds, or a number with s, m, h, d, w or y.
config-expected-store-url = Give sqlite: with the path of a file, as in sqlite:/var/lib/sigillo/sigillo.sqlite, or postgres://USER:PASSWORD@HOST/DATABASE; in the user and the password write : / @ # ? and % as %3A %2F %40 %23 %3F and %25.
config-expected-listen = Give at least one address: an IP address with a port, such as 127.0.0.1:8460 or [::1]:8460, or unix:PATH.
config-expected-public-url = Give the address of the site without a path, such as https://mta-sts.example.net; the path is the base_path.
config-expected-base-path = Begin with a slash, and use letters, digits, -, ., _ and ~, as in /tools/mta-sts.
config-expected-proxy = Give an address, a network such as 10.0.0.0/8, or unix for whoever connects to a Unix socket.
config-expected-guard = Give public (look only at public addresses) or off.
config-expected-server = Give an IP address, with a port if it is not 53: 9.9.9.9, 127.0.0.1:5353, [::1]:5353.
config-expected-dnssec = Give auto, validate, trust-ad or off.
config-expected-roots = Give bundled (the authorities that came with the program) or system.
config-expected-path = Give the path of a file.
config-expected-name = Give a host name, such as mail.example.com.
config-expected-contact = Give an https: or mailto: address without blanks and brackets.
config-expected-address = Give an IP address of this machine, without a port.
config-expected-level = Give error, warn, info, debug or trace.
config-expected-log-format = Give text, json or journald.
config-expected-socketmap = Give at least one address as Postfix writes it: inet: with an IP address and a port, such as inet:127.0.0.1:8461 or inet:[::1]:8461, or unix:PATH.
config-expected-maps = Give at least one of postfix and postfix-tlsrpt.
config-expected-dane = Give prefer (DANE before MTA-STS) or off.
config-expected-dane-partial = Give mta-sts or dane: what counts where only some MX hosts have TLSA records.
config-expected-default-level = Give may, encrypt or dane: Postfix's own smtp_tls_security_level.
config-expected-unix-socket = Give unix: with the path of the socket, as in unix:/run/sigillo/admin.sock.
config-expected-http = Give IP addresses with a port, such as 127.0.0.1:8463 or [::1]:8463, or unix:PATH.
config-expected-socket-mode = Give the permissions as three or four octal digits, such as 0660.
config-expected-group = Give the name of a group, such as postfix.

# What is said about the file of overrides.

config-overrides-file = outside an [[override]]
config-overrides-override = in an [[override]]
config-overrides-policy = in a policy
config-overrides-begin = The file has tables that begin with [[override]] on a line of their own, and nothing else.
overrides-too-long = { config-too-long }
overrides-too-long-help = Is it the right file? Many domains are best joined by a suffix.
overrides-not-utf8 = { config-not-utf8 }
overrides-not-utf8-help = { config-not-utf8-help }
overrides-syntax = { config-syntax }
overrides-syntax-help = A line is [[override]], or a key with its value: texts in "quotes", true or false without, lists in [brackets] with commas.
overrides-unknown-key = there is no key "{ $name }" { $table }
overrides-unknown-key-help = The keys here are { $keys }.
overrides-wrong-form = "{ $key }" takes { $form }
overrides-wrong-form-help = { config-wrong-form-help }
overrides-too-many = there are more than { $limit } overrides
overrides-too-many-help = Join domains by a suffix that they have in common.
overrides-no-domain = nothing says which domain this is about
overrides-no-domain-help = Give domain (this policy domain alone) or suffix (every domain below it).
overrides-invalid-domain-help = Give a name such as example.com; suffix = "example.com" is about every domain below it.
overrides-same-domain = the { $key } "{ $name }" has an override already, in line { $line }
overrides-same-domain-help = Join the two, or remove one.
overrides-invalid-word = "{ $value }" can't be the value of "{ $key }"
overrides-invalid-word-help = Give one of { $words }.
overrides-no-mode = the policy has no mode
overrides-no-mode-help = Give mode = "enforce", "testing" or "none".
overrides-no-mx = a policy with mode { $mode } needs the MX hosts that may be used
overrides-no-mx-help = Give at least one pattern, as in mx = ["mail.example.com", "*.example.net"].
overrides-conflict = { $key } does not go with { $other }
overrides-conflict-help = Give one of them.
