export { call, startDockerd, startPodman, TEST_IMAGE, whyNot, whyNotDockerd, whyNotPodman } from './engine';
export type { Engine } from './engine';
export { callFor } from '../builders';
export { aContainer, driverOf, serving, TICKING } from './containers';
export { forContainerEngines, onContainerEngines, type ContainerEngine } from './on-container-engines';
