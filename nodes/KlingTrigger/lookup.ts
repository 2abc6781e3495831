import { KlingError, toKlingError } from '../shared/core/errors';
import type { Task } from '../shared/core/task';
import { clock } from '../shared/n8n/clock';
import { isNotFound } from '../shared/providers/createFailure';
import { costOfUnknown, refOf } from '../shared/tasks/search';
import type { VerifiedCall } from './request/verify';
import type { Place, TaskMemory } from './taskMemory';

/** Looks for the task of a call: one request where it is likely to be, and a search where it is not, if one may be spent. */
export class Lookup {
	/** The second search asks only where most tasks are: what nobody knows shall not cost twice as much. */
	private hasSearched = false;

	constructor(
		private readonly call: VerifiedCall,
		private readonly memory: TaskMemory,
	) {}

	/** Where the task is likely to be: where it was found before, or where the address of the call says. */
	get place(): Place | undefined {
		const { claim, hint, api } = this.call;
		return this.memory.placeOf(claim.id) ?? (hint && { kind: hint, api });
	}

	/** Asks at one place, which is each API of the kind where the API is not known. Throws what `isNotFound`. */
	async at({ kind, api }: Place): Promise<Task> {
		const { session, claim } = this.call;
		const { client } = session;
		if (api === undefined) return await client.findById(claim.id, kind);
		return await client.get({ id: claim.id, kind, api });
	}

	/** Asks where the task is likely to be, and searches if it is not there. Throws what `isNotFound`, and `unreachable` over budget. */
	async everywhere(): Promise<Task> {
		const { place } = this;
		try {
			if (place) return await this.at(place);
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!isNotFound(error)) throw error;
		}
		const where = this.hasSearched ? 'likeliest' : 'everywhere';
		this.hasSearched = true;
		return await this.memory.searchOnce(this.call.claim.id, async () => await this.search(where));
	}

	private async search(where: 'everywhere' | 'likeliest'): Promise<Task> {
		const { call, memory } = this;
		const { client, provider } = call.session;
		const { id } = call.claim;
		const budget = memory.budgetFor(costOfUnknown(provider, 'everywhere'));
		const taken = costOfUnknown(provider, where);
		if (!(await budget.take(taken, clock))) {
			// Whoever repeats the call shall not make us ask at its place again and again.
			if (this.place) memory.addUnsearched(id, clock.now());
			throw new KlingError('unreachable', 'Too many calls name tasks that nobody knows');
		}
		const before = call.traffic.requests;
		let spent = 0;
		try {
			const task = await client.findById(id, where);
			const ref = refOf(task, provider);
			// From now on a call for it costs one request.
			if (ref) memory.addPlace(id, ref);
			return task;
		} catch (thrown) {
			spent = call.traffic.requests - before;
			throw toKlingError(thrown);
		} finally {
			budget.giveBack(taken - spent);
		}
	}
}
