export { call, startDockerd, startPodman, TEST_IMAGE, whyNotDockerd, whyNotPodman } from './engine';
export type { Engine } from './engine';
export { callFor } from '../builders';
export { aContainer, driverOf, IDLE_CONTAINER, serving, snapshotImages, TICKING } from './containers';
export { forContainerEngines, onContainerEngines } from './on-container-engines';
