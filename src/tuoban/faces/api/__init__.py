"""The REST API: what programs read, in JSON. One module per address, described by OpenAPI.

Whatever goes wrong is answered with a problem (RFC 9457) in the reader's language.
"""
