"""Activities: where the steps of cases meet the services that stand above the runtime.

A service declares its activities (`kernel.activities`) and registers what carries them out when
Django starts. The runtime asks, applies and undoes through `registry`, inside the transaction of
the command, and knows nothing of money, parts or slots.
"""
