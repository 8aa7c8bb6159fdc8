import { MonitoringPeer } from './monitoring.peer';
import { NetworkPeer } from './network.peer';
import { StoragePeer } from './storage.peer';

/** Runs the platform services on their usual ports, to try out compute manually. */
async function main(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
  const peers = {
    storage: await StoragePeer.start({ port: 8082 }),
    network: await NetworkPeer.start({ port: 8083 }),
    monitoring: await MonitoringPeer.start({ port: 8085 }),
  };
  for (const [name, { url }] of Object.entries(peers)) {
    const fault = `curl -X PUT ${url}/_faults -d '{"fault":"hang","method":"POST","times":1}'`;
    process.stdout.write(`${name}: ${url}  fail: ${fault}  heal: curl -X DELETE ${url}/_faults\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`cannot start: ${String(error)}\n`);
  process.exit(1);
});
