"""The demo's cases: made by playing two months of work on a virtual clock, through the verbs that
people at the desk use.

`playing` plays stories, `customers` says whose cars they are, `cars` and `visits` tell how a case
goes, `plans` which cases there are, and `loading` puts it all together.
"""
