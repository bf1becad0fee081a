"""Jobs: work that is queued inside a transaction and carried out afterwards, at least once.

Whoever has such work registers its kind when Django starts (`registry.register`) and queues it in
the transaction of whatever it follows from (`service.enqueue`). A job is a row, which says what is
to be done, when, how often it was tried and why that failed; what people see and decide is that row
(`queries`, `service.retry`, `service.drop`). How it comes into the hands of a worker is the
carrier's matter (`carriers`): rows that the one worker looks through on SQLite, Procrastinate on
PostgreSQL. What recurs is planned as jobs (`recurring`).

The promises stand in docs/explanation/jobs.md. This package knows nothing of cases.
"""
