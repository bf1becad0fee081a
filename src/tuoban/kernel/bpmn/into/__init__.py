"""From BPMN 2.0 to a pack."""
