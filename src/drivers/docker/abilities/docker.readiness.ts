import type { DriverCall, PublishedPort } from '../../port/driver-call';
import type { ReadinessProbes } from '../../port/abilities';
import { PROBE_KINDS, type Probe } from '../../port/readiness';
import type { Exec } from '../../port/sessions';
import { NOT_PRINTED, probeCommand } from '../../probes/in-the-guest';
import { probePort } from '../../probes/published-ports';
import { consoleLines } from '../docker.console';
import type { DockerContainers } from '../containers/docker.containers';
import type { Doing, DockerEngine } from '../engine/docker.engine';

interface Around {
  readonly engine: DockerEngine;
  readonly containers: DockerContainers;
  readonly exec: Exec;
  readonly doing: Doing;
}

/** The text is searched in the last lines. */
const LINES = 1000;

/** Probes containers. */
export class DockerReadiness implements ReadinessProbes {
  constructor(private readonly around: Around) {}

  kindsFor(): typeof PROBE_KINDS {
    return PROBE_KINDS;
  }

  probe(call: DriverCall, probe: Probe, ports: readonly PublishedPort[]): Promise<string | null> {
    return this.around.doing('probe the container', () => this.once(call, probe, ports));
  }

  private once(call: DriverCall, probe: Probe, ports: readonly PublishedPort[]): Promise<string | null> {
    const { signal } = call;
    switch (probe.kind) {
      case 'port':
      case 'http':
        return probePort({ probe, ports, engineHost: this.around.engine.remoteHost, signal });
      case 'exec':
        return probeCommand(this.around.exec, call, probe.command);
      case 'serial':
        return this.printed(call, probe.text);
    }
  }

  private async printed({ instance, signal }: DriverCall, text: string): Promise<string | null> {
    const { engine, containers } = this.around;
    const { Id: containerId, State } = await containers.detailsOf(instance, signal);
    const since = Date.parse(State.StartedAt) / 1000;
    const options = { containerId, lines: LINES, isFollowing: false, since };
    for await (const line of consoleLines(engine, options, signal)) if (line.includes(text)) return null;
    return NOT_PRINTED;
  }
}
