export { call, startDockerd, startPodman, TEST_IMAGE, whyNot, whyNotDockerd, whyNotPodman } from './engine';
export type { Engine } from './engine';
export { aContainer, callFor, driverOf, serving, TICKING } from './containers';
export { onContainerEngines, type ContainerEngine } from './on-container-engines';
