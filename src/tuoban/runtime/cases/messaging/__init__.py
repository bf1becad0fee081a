"""Messages between cases, and with systems outside.

`sending` keeps what a command sent, in its own transaction; `receiving` takes what comes from
outside; `listening` keeps which cases listen to which names. The worker brings every message to
the cases that listen (`delivering`), begins the cases that begin by it (`beginning`), and looks
through the kept ones for what listens since (`looking`). Each case is one transaction, and takes a
message once however often it comes, so that a worker may stop anywhere and several may work at
once.
"""
