import { testKills } from '../support/kills';

testKills('postgres');
