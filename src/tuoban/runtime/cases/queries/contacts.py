"""To whom the reader of a case turns about work that is done in a block with a `contact`."""

from __future__ import annotations

from tuoban.kernel.engine import contacts
from tuoban.kernel.state import Item
from tuoban.runtime.cases.queries.rows import ContactView
from tuoban.runtime.cases.queries.scene import Scene
from tuoban.runtime.people import directory


def contact_shown(scene: Scene, item: Item) -> ContactView | None:
    """Who stands between the reader and whoever does this work; None: nobody needs to."""
    people = scene.surroundings.directory
    definition, state, me = scene.definition, scene.state, scene.user.person_id
    block = contacts.between(definition, state, people, item.node, me)
    if block is None:
        return None
    found = contacts.holders(definition, state, people, block)
    return ContactView(
        scene.label(block.key, item.activation),
        definition.roles[block.contact].label,
        tuple(sorted(directory.name_of(each) for each in found)),
    )
