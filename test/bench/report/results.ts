import type { CallsRow } from '../parts/calls';
import type { DownloadResult } from '../parts/download';
import type { HostileResult } from '../parts/hostile';
import type { LoadResult } from '../parts/load';
import type { MemoryResult } from '../parts/memory';
import type { ResumeResult } from '../parts/resume';
import type { SlowBodiesRow } from '../parts/slowBodies';
import type { WaitingResult } from '../parts/waiting';

/** What all the parts find. */
export interface Results {
	waiting: WaitingResult;
	memory: MemoryResult[];
	resume: ResumeResult;
	download: DownloadResult;
	hostile: HostileResult;
	calls: CallsRow[];
	slowBodies: SlowBodiesRow[];
	load: LoadResult;
}
