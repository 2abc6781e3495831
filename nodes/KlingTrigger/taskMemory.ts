import { lruOf } from '../shared/core/lru';
import type { Task, TaskRef } from '../shared/core/task';
import { SearchBudget } from './searchBudget';

/** A call for a task that the service does not know costs nothing when it comes again within a minute. */
const REMEMBERED_MS = 60_000;
/** So does one that its place does not know and that could not be searched for, but only for so long: it may exist. */
const UNSEARCHED_MS = 10_000;
const MOST_TASKS = 1000;
const MOST_TRIGGERS = 200;

/** Where a task is asked for. */
export type Place = Omit<TaskRef, 'id'>;

/** Remembers the newest. */
function remember<V>(memory: Map<string, V>, id: string, value: V): void {
	memory.delete(id);
	memory.set(id, value);
	for (const oldest of memory.keys()) {
		if (memory.size <= MOST_TASKS) break;
		memory.delete(oldest);
	}
}

/**
 * What one trigger knows of the tasks that calls have named, and what it may spend on the others. Whoever has its address,
 * token included, could otherwise spend all that the account may ask per second, and the polls and creates of others would
 * be refused.
 */
export class TaskMemory {
	/** Ids that the service did not know, and until when they are remembered. */
	private readonly unknown = new Map<string, number>();
	/** Ids that could not be searched for, and until when they are not asked for. */
	private readonly unsearched = new Map<string, number>();
	/** What is being searched for. */
	private readonly searches = new Map<string, Promise<Task>>();
	private readonly places = new Map<string, Place>();
	private budget?: SearchBudget;

	/** Whether the service did not know the task a moment ago. `now` in ms, as below. */
	isUnknown(id: string, now: number): boolean {
		return (this.unknown.get(id) ?? 0) > now;
	}

	addUnknown(id: string, now: number): void {
		remember(this.unknown, id, now + REMEMBERED_MS);
	}

	/** Whether its place did not know the task a moment ago, and no search could be spent on it. */
	isUnsearched(id: string, now: number): boolean {
		return (this.unsearched.get(id) ?? 0) > now;
	}

	addUnsearched(id: string, now: number): void {
		remember(this.unsearched, id, now + UNSEARCHED_MS);
	}

	/** Searches for a task, or waits for the search that another call for it has begun. */
	async searchOnce(id: string, search: () => Promise<Task>): Promise<Task> {
		const running = this.searches.get(id);
		if (running) return await running;
		const begun = search().finally(() => this.searches.delete(id));
		this.searches.set(id, begun);
		return await begun;
	}

	/** What may be spent on searches that cost so many requests each: another one once the credential is for another service. */
	budgetFor(cost: number): SearchBudget {
		if (this.budget?.cost !== cost) this.budget = new SearchBudget(cost);
		return this.budget;
	}

	/** Where a search has found the task. */
	placeOf(id: string): Place | undefined {
		return this.places.get(id);
	}

	addPlace(id: string, { kind, api }: Place): void {
		remember(this.places, id, { kind, api });
	}
}

/** That of a trigger, by its key. */
export const taskMemoryOf = lruOf(MOST_TRIGGERS, () => new TaskMemory());
