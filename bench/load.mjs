// Load on one address for some seconds over connections that stay open, as a reverse proxy's do; prints JSON.
//   node bench/load.mjs '{"url": "…", "connections": 16, "duration": 2, "headers": {}}'
import autocannon from "autocannon";

const { url, connections, duration, headers } = JSON.parse(process.argv[2]);
const times = [];
const statuses = {};

const run = autocannon({ url, connections, duration, headers }, finish);
run.on("response", (_client, status, _bytes, time) => {
  times.push(time);
  statuses[status] = (statuses[status] ?? 0) + 1;
});

function percentile(share) {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))];
}

function finish(error, result) {
  if (error) throw error;
  times.sort((a, b) => a - b);
  const seconds = (result.finish - result.start) / 1000;
  const [p50, p95] = [percentile(0.5), percentile(0.95)];
  console.log(JSON.stringify({ count: times.length, seconds, p50, p95, statuses, errors: result.errors }));
}
