// Loaded into each measured process by --import: writes its CPU time and peak memory where MEASURE_FILE says.
import { writeFileSync } from "node:fs";

const start = performance.now();

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  const figures = { cpu: (user + system) / 1000, wall: performance.now() - start, rss: maxRSS / 1024 };
  writeFileSync(process.env.MEASURE_FILE, JSON.stringify(figures));
});
