import type { Accounts } from './accounts';
import type { TimerClock } from './clock';
import type { Faults } from './faults';
import type { Answered, FaceSession, AnsweredCalls, Speech } from './answered';
import type { Ledger } from './ledger';
import type { Settings } from './settings';
import type { TaskStore } from './tasks';
import type { Upload } from './uploads';

/** What all services share. */
export interface World {
	clock: TimerClock;
	/** Changed in place, so that everybody sees the change. */
	settings: Settings;
	accounts: Accounts;
	ledger: Ledger;
	faults: Faults;
	tasks: TaskStore;
	speeches: AnsweredCalls<Speech>;
	faceSessions: AnsweredCalls<FaceSession>;
	/** Pictures whose parts were recognised. */
	recognitions: AnsweredCalls<Answered>;
	/** By their names on the CDN. */
	uploads: Map<string, Upload>;
	/** Known once the CDN listens. */
	cdnUrl: string;
}
