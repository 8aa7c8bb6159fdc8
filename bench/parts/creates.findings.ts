import { CONNECTIONS } from '../support/load-generator';
import type { Finding } from '../support/part';
import type { Series } from '../support/rounds';
import { medianOf, perSecond, ratiosOf, ratioText } from '../support/statistics';
import type { Sustained } from './creates.sustained';

const SHARES = { worked: 0.6, held: 0.85, minute: 0.7 };
const MEMORY_GROWTH = 1.1;

/** `rates` has `bare`, `held` and `worked`, in transactions per second. */
export function findingsOf(rates: Series<number>, sustained: Sustained): readonly Finding[] {
  return [
    rateOf(rates, 'worked', 'create, the worker carrying out every one'),
    rateOf(rates, 'held', 'create, the operations staying in the queue'),
    minuteOf(sustained),
    lossOf(sustained),
    memoryOf(sustained),
  ];
}

function rateOf(rates: Series<number>, name: 'worked' | 'held', goal: string): Finding {
  const ratio = ratiosOf(rates.of(name), rates.of('bare'));
  return {
    goal,
    wanted: `at least ${SHARES[name]} of the bare transaction`,
    figure: `${ratioText(ratio)}: ${perSecond(medianOf(rates.of(name)))} to ${perSecond(medianOf(rates.of('bare')))}`,
    isReached: ratio.median >= SHARES[name],
    otherLoad: rates.otherLoad,
    measured: { ratio, perSecond: rates.of(name), barePerSecond: rates.of('bare') },
  };
}

function minuteOf(sustained: Sustained): Finding {
  const { barePerSecond, backlog, drainSeconds, seconds, p99Ms, otherLoad } = sustained;
  const bare = medianOf(barePerSecond);
  const ratio = sustained.perSecond / bare;
  return {
    goal: `create for ${seconds} s, the worker carrying out every one`,
    wanted: `at least ${SHARES.minute} of the bare transaction`,
    figure: `${ratio.toFixed(2)}: ${perSecond(sustained.perSecond)} to ${perSecond(bare)}`,
    isReached: ratio >= SHARES.minute,
    remark: `p99 ${p99Ms} ms; ${backlog} operations waited at the end, done in ${drainSeconds.toFixed(1)} s`,
    otherLoad,
    measured: { ratio, ...sustained },
  };
}

function lossOf({ answered, rows, lost, unfinished, otherLoad }: Sustained): Finding {
  const cutOff = rows - answered;
  const isReached = lost === 0 && unfinished === 0 && cutOff >= 0 && cutOff <= CONNECTIONS;
  return {
    goal: 'nothing lost',
    wanted: 'every 201 is a row, and all rows end running',
    figure: `${answered} answers, ${lost} lost, ${unfinished} not running`,
    isReached,
    isWrong: !isReached,
    remark: `${rows} rows: ${cutOff} of them had no answer yet when the load ended`,
    otherLoad,
    measured: { answered, rows, lost, unfinished },
  };
}

function memoryOf({ earlyMb, lateMb, residentMb, otherLoad }: Sustained): Finding {
  return {
    goal: 'memory stays flat under creates',
    wanted: `grows by less than ${Math.round((MEMORY_GROWTH - 1) * 100)} %`,
    figure: `${Math.round(earlyMb)} MB in the second sixth, ${Math.round(lateMb)} MB in the last`,
    isReached: lateMb <= earlyMb * MEMORY_GROWTH,
    otherLoad,
    measured: { earlyMb, lateMb, residentMb },
  };
}
