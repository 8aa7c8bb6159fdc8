import { Button, CloseButton, Group, Menu, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { ReasonButton } from '../../../../ui/reason-button';
import { useInstanceChange } from '../use-instance-change';
import { reasonAgainst, waitsForRestart } from './reasons';

const t = texts.instance.power;

type Power = 'start' | 'stop' | 'restart' | 'reboot' | 'hard-reboot' | 'pause' | 'resume' | 'undelete';

interface PowerState {
  readonly run: (power: Power) => void;
  /** The request that has not been answered. */
  readonly pending: Power | undefined;
  readonly error: unknown;
  readonly dismiss: () => void;
}

/** One request at a time: the others would be refused. */
export function usePower(id: string): PowerState {
  const { mutate, isPending, variables, error, reset } = useInstanceChange<Power>(id, (compute, power) => {
    if (power === 'hard-reboot') return compute.reboot(id, { type: 'hard' });
    if (power === 'reboot') return compute.reboot(id);
    return compute[power](id);
  });
  return { run: mutate, pending: isPending ? variables : undefined, error, dismiss: reset };
}

export interface PowerProps {
  readonly instance: InstanceDetails;
  readonly power: PowerState;
}

/** Buttons that start, stop and so on. All of them stay in place, so that nothing moves when the status changes. */
export function PowerBar({ instance, power }: PowerProps): ReactNode {
  if (instance.status === 'deleted')
    return <PowerButton instance={instance} power={power} action="undelete" label={t.undelete} isMain />;
  const isPaused = instance.status === 'paused';
  const isRunning = instance.status === 'running';
  return (
    <Group gap="xs" role="group" aria-label={t.label}>
      <PowerButton instance={instance} power={power} action="start" label={t.start} isMain={!isRunning} />
      <PowerButton
        instance={instance}
        power={power}
        action="stop"
        label={waitsForRestart(instance) ? t.cancelRestart : t.stop}
      />
      <PowerButton instance={instance} power={power} action="reboot" label={t.reboot} />
      <PowerButton
        instance={instance}
        power={power}
        action={isPaused ? 'resume' : 'pause'}
        label={isPaused ? t.resume : t.pause}
        isMain={isPaused}
      />
      <MoreMenu instance={instance} power={power} />
    </Group>
  );
}

interface PowerButtonProps extends PowerProps {
  readonly action: Exclude<Power, 'hard-reboot'>;
  readonly label: string;
  readonly isMain?: boolean;
}

function PowerButton({ instance, power, action, label, isMain = false }: PowerButtonProps): ReactNode {
  const reason = reasonAgainst(action, instance);
  return (
    <ReasonButton
      size="xs"
      variant={isMain && reason === undefined ? 'filled' : 'default'}
      reason={power.pending === action ? undefined : reason}
      loading={power.pending === action}
      onClick={() => power.run(action)}
    >
      {label}
    </ReasonButton>
  );
}

/** What is needed rarely, each with an explanation. */
function MoreMenu({ instance, power }: PowerProps): ReactNode {
  const [isAsking, setIsAsking] = useState(false);
  const against = { restart: reasonAgainst('restart', instance), reboot: reasonAgainst('reboot', instance) };
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            loading={power.pending === 'restart' || power.pending === 'hard-reboot'}
          >
            {t.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <MoreItem
            label={t.restart}
            hint={t.restartHint}
            reason={against.restart}
            onClick={() => power.run('restart')}
          />
          <MoreItem
            label={t.hardReboot}
            hint={t.hardRebootHint}
            reason={against.reboot}
            onClick={() => setIsAsking(true)}
          />
        </Menu.Dropdown>
      </Menu>
      {isAsking && (
        <ConfirmDialog
          title={t.hardRebootTitle}
          text={t.hardRebootText}
          action={t.hardReboot}
          isBusy={false}
          onConfirm={() => {
            setIsAsking(false);
            power.run('hard-reboot');
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

interface MoreItemProps {
  readonly label: string;
  readonly hint: string;
  readonly reason: string | undefined;
  readonly onClick: () => void;
}

/** An item that is off stays in the order of the keyboard, so that its reason can be read. */
function MoreItem({ label, hint, reason, onClick }: MoreItemProps): ReactNode {
  const isOff = reason !== undefined;
  return (
    <Menu.Item
      aria-disabled={isOff}
      closeMenuOnClick={!isOff}
      onClick={isOff ? undefined : onClick}
      style={{ cursor: isOff ? 'not-allowed' : undefined }}
    >
      <Text size="sm" {...(isOff && { c: 'dimmed' })}>
        {label}
      </Text>
      <Text size="xs">{reason ?? hint}</Text>
    </Menu.Item>
  );
}

/** Why the service has refused the last request. */
export function PowerProblem({ power }: { power: PowerState }): ReactNode {
  if (power.error === null) return null;
  return (
    <Stack gap={4} pos="relative">
      <ProblemAlert error={power.error} />
      <CloseButton pos="absolute" top={8} right={8} aria-label={t.dismiss} onClick={power.dismiss} />
    </Stack>
  );
}
