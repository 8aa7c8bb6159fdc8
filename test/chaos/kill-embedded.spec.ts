import { testKills } from '../support/kills';

testKills('embedded');
