import './source-maps';
import { run } from './server';

void run();
