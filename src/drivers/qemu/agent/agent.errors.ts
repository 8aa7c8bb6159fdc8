import { DriverError } from '../../port/driver-call';

const MAX_REASON = 200;

/** There was no response, or not a valid one: no agent runs, it hangs, or something else answers. */
export class AgentUnreachableError extends DriverError {
  constructor(message: string, cause?: unknown) {
    super(message, { retryable: true, cause });
    this.name = 'AgentUnreachableError';
  }
}

/** The agent sent something other than a response to the command, which may have been the only one. */
export class InvalidResponseError extends AgentUnreachableError {
  constructor() {
    super('The guest agent has sent an invalid response');
    this.name = 'InvalidResponseError';
  }
}

/** The agent refused a command. */
export class AgentRefusedError extends DriverError {
  /** @param reason from the guest, which may be hostile */
  constructor(command: string, reason: string) {
    // eslint-disable-next-line no-control-regex -- It becomes part of responses and of the history.
    const text = reason.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, MAX_REASON);
    super(`The guest agent refused ${command}: ${text}`, { retryable: false });
    this.name = 'AgentRefusedError';
  }
}
