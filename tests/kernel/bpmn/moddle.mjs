// Reads BPMN files with bpmn-moddle, and tells of each, as JSON, what it warns of and which elements
// of the flow have no place in a diagram.
import { readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";

const flowOf = (scope) => (scope.flowElements ?? []).flatMap((each) => [each, ...flowOf(each)]);

const told = [];
for (const file of process.argv.slice(2)) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(readFileSync(file, "utf8"));
  const placed = new Set(
    rootElement.diagrams.flatMap(({ plane }) => plane.planeElement.map((each) => each.bpmnElement)),
  );
  const elements = rootElement.rootElements.flatMap(flowOf);
  told.push({
    warnings: warnings.map((each) => each.message),
    elements: elements.length,
    unplaced: elements.filter((each) => !placed.has(each)).map((each) => each.id),
  });
}
console.log(JSON.stringify(told));
