// Runs HiGHS (npm package "highs") on one program in free MPS format.
//   node highs.cjs MODEL.mps START.json SECONDS ANSWER.json
// START lists the columns that are 1, or is null. The package is looked for
// from the current folder and in NODE_PATH. SECONDS are of processor time.
const fs = require("fs");
const path = require("path");
const [model, start, seconds, answer] = process.argv.slice(2);
const places = [process.cwd(), ...(process.env.NODE_PATH || "").split(path.delimiter).filter(Boolean)];
const entry = require.resolve("highs", { paths: places });
if (model === undefined) {
  const home = entry.slice(0, entry.lastIndexOf(path.sep + "highs" + path.sep) + 7);
  console.log(JSON.parse(fs.readFileSync(path.join(home, "package.json"))).version);
  process.exit(0);
}
const used = () => { const t = process.cpuUsage(); return (t.user + t.system) / 1e6; };
require(entry)().then((highs) => {
  const m = highs.createModel({ format: "mps", data: fs.readFileSync(model) });
  m.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.9, mip_feasibility_tolerance: 1e-7 });
  const ones = JSON.parse(fs.readFileSync(start));
  if (ones !== null) {
    const types = m.getLp().integrality;
    const indices = [], values = [];
    const on = new Set(ones);
    for (let j = 0; j < types.length; j++) {
      if (types[j] !== 0) { indices.push(j); values.push(on.has(j) ? 1 : 0); }
    }
    m.setSolution({ indices, values });
  }
  const late = (event) => { if (used() > Number(seconds)) event.interrupt(); };
  m.run({ [highs.constants.callbackType.mipInterrupt]: late, [highs.constants.callbackType.simplexInterrupt]: late });
  const status = m.getModelStatus();
  const names = Object.entries(highs.constants.modelStatus).filter(([, v]) => v === status).map(([k]) => k);
  const solution = m.getSolution();
  fs.writeFileSync(answer, JSON.stringify({
    status: names[0], objective: m.getObjectiveValue(), bound: m.info.get("mip_dual_bound"),
    nodes: Number(m.info.get("mip_node_count")), feasible: m.info.get("primal_solution_status") === 2,
    values: Array.from(solution.colValue || []),
  }, (key, v) => (v === Infinity || v === -Infinity ? null : v)));
});
