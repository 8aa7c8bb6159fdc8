/** As much of noVNC as the console uses. */
declare module '@novnc/novnc' {
  interface Events {
    connect: CustomEvent;
    disconnect: CustomEvent<{ readonly clean: boolean }>;
    credentialsrequired: CustomEvent;
    securityfailure: CustomEvent<{ readonly status: number; readonly reason?: string }>;
  }

  export default class RFB {
    constructor(target: HTMLElement, channel: WebSocket);
    scaleViewport: boolean;
    background: string;
    addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
    disconnect(): void;
    focus(): void;
    blur(): void;
    sendCtrlAltDel(): void;
    /** Presses and releases the key if `down` is absent. */
    sendKey(keysym: number, code: string | null, down?: boolean): void;
  }
}
