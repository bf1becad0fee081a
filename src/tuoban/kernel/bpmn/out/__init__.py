"""From a pack to BPMN 2.0."""
