export { Deployment } from './deployment';
export { DeploymentModule } from './deployment.module';
