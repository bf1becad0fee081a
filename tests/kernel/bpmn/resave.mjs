// Reads BPMN files with bpmn-moddle, as modellers do, and writes them over as it writes them.
import { readFileSync, writeFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";

for (const file of process.argv.slice(2)) {
  const moddle = new BpmnModdle();
  const { rootElement } = await moddle.fromXML(readFileSync(file, "utf8"));
  const { xml } = await moddle.toXML(rootElement, { format: true });
  writeFileSync(file, xml);
}
