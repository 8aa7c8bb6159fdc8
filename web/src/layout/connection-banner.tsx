import { Alert } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useConnectionState } from '../api/use-live-events';
import { texts } from '../texts';

/** A short interruption, such as a restart of a replica, is nothing to worry about. */
const GRACE_MS = 2000;

/** Says that the page may be out of date. Does not take space from the page before it is needed. */
export function ConnectionBanner(): ReactNode {
  const isLive = useConnectionState() === 'live';
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (isLive) return undefined;
    const timer = setTimeout(() => setIsLate(true), GRACE_MS);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isLive]);
  return (
    <div role="status">
      {isLate && !isLive && (
        <Alert color="yellow" mb="md">
          {texts.connection.offline}
        </Alert>
      )}
    </div>
  );
}
