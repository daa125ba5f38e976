-- A policy to judge, as the API is asked for it.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[{"kind":"policy","text":"version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n"}]]
