// The directory of accounts (PLC), the personal data server and the AppView of Bluesky, on free ports.
// Prints their addresses as one line of JSON, and ends when its standard input does.
const { createRequire } = require("node:module");

const installed = createRequire(`${process.argv[2]}/package.json`);
const { TestPlc, TestPds, TestBsky, mockNetworkUtilities } = installed("@atproto/dev-env");

async function main() {
  const plc = await TestPlc.create({});
  const pds = await TestPds.create({ didPlcUrl: plc.url, inviteRequired: false });
  const bsky = await TestBsky.create({
    plcUrl: plc.url,
    pdsPort: pds.port,
    repoProvider: `ws://localhost:${pds.port}`,
    dbPostgresSchema: "appview",
    dbPostgresUrl: process.env.DB_POSTGRES_URL,
    redisHost: process.env.REDIS_HOST,
  });
  mockNetworkUtilities(pds, bsky);
  console.log(JSON.stringify({ pds: pds.url, appview: bsky.url }));
}

process.stdin.on("end", () => process.exit(0)).resume();
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
