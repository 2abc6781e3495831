import { isOnThisMachine, type Delivery } from './delivery';
import { stringifyExactJson } from './exactJson';
import type { CallbackEntry } from './ledger';
import type { Service } from './service';
import type { Task } from './tasks';
import type { ServiceName, TaskStatus } from './types';
import { webhookHeaders } from './webhookSignature';
import type { World } from './world';

type Post = Pick<CallbackEntry, 'taskStatus' | 'headers' | 'rawBody'> & {
	forged?: boolean;
	/** Written into the ledger, but not sent. */
	dropped?: boolean;
	waitMs?: number;
};

/** Tells task changes to the address given at the create. */
export class Callbacks {
	/** Each task's posts go out one after the other. */
	private readonly queues = new Map<string, Promise<void>>();
	private readonly told = new Map<string, Set<TaskStatus>>();
	private readonly heldBack = new Map<string, Post[]>();
	private stopped = false;

	constructor(
		private readonly world: World,
		private readonly services: Record<ServiceName, Service>,
		private readonly delivery: Delivery,
	) {}

	/** To be called when the task was made and whenever its status changed; repeats do nothing. */
	tell(task: Task): void {
		const status = this.world.tasks.status(task);
		const told = this.told.get(task.id) ?? new Set<TaskStatus>();
		if (!task.callbackUrl || told.has(status)) return;
		this.told.set(task.id, told.add(status));
		const body = this.services[task.service].callbackBody(task);
		if (body) this.enqueue(task, this.postsFor(task, status, body));
	}

	/** Resolves when everything that is due was sent and answered. */
	async settled(): Promise<void> {
		while (this.queues.size > 0) await Promise.all(this.queues.values());
	}

	reset(): void {
		this.told.clear();
		this.heldBack.clear();
	}

	stop(): void {
		this.stopped = true;
	}

	/** What really goes out instead of one proper post, faults considered. */
	private postsFor(task: Task, status: TaskStatus, body: Record<string, unknown>): Post[] {
		const post = this.post(task, status, body);
		const isLast = status === 'succeed' || status === 'failed';
		const path = pathOf(task.callbackUrl ?? '');
		const occasion = {
			channel: 'callback',
			service: task.service,
			method: 'POST',
			path,
			taskStatus: status,
		} as const;
		const held = this.heldBack.get(task.id);
		const fault = held ? undefined : this.world.faults.take(occasion);
		if (held || fault?.kind === 'callbackReorder') {
			const all = [post, ...(held ?? [])];
			if (!isLast) this.heldBack.set(task.id, all);
			else this.heldBack.delete(task.id);
			return isLast ? all : [];
		}
		switch (fault?.kind) {
			case 'callbackDrop':
				return [{ ...post, dropped: true }];
			case 'callbackDuplicate':
				return Array.from({ length: fault.copies + 1 }, () => post);
			case 'callbackForge':
				return [this.forgery(task), post];
			case 'callbackDelay':
				return [{ ...post, waitMs: fault.ms }];
			default:
				return [post];
		}
	}

	private post(task: Task, status: string, body: Record<string, unknown>): Post {
		const rawBody = stringifyExactJson(body);
		const { webhookSecret } = this.world.settings;
		const isOfficial = task.service === 'klingGlobal' || task.service === 'klingChina';
		const signature =
			webhookSecret && isOfficial
				? webhookHeaders(webhookSecret, this.world.clock.now(), rawBody)
				: {};
		return {
			taskStatus: status,
			rawBody,
			headers: { 'content-type': 'application/json', ...signature },
		};
	}

	/** Somebody else's claim that the task is done: unsigned, and with a video that is not ours. */
	private forgery(task: Task): Post {
		const url = `${this.world.cdnUrl}/results/forged/0.mp4`;
		const rawBody = stringifyExactJson(
			task.service === 'aceData'
				? {
						success: true,
						video_id: '1',
						video_url: url,
						duration: '5',
						state: 'succeed',
						task_id: task.id,
					}
				: {
						task_id: task.upstreamId ?? task.id,
						task_status: 'succeed',
						task_status_msg: '',
						task_result: { videos: [{ id: 'forged', url, duration: '5' }] },
					},
		);
		return {
			taskStatus: 'succeed',
			rawBody,
			headers: { 'content-type': 'application/json' },
			forged: true,
		};
	}

	private enqueue(task: Task, posts: Post[]): void {
		if (posts.length === 0) return;
		const before = this.queues.get(task.id) ?? Promise.resolve();
		const after = before.then(async () => {
			for (const post of posts) await this.send(task, post);
		});
		this.queues.set(task.id, after);
		void after.then(() => {
			if (this.queues.get(task.id) === after) this.queues.delete(task.id);
		});
	}

	private async send(task: Task, post: Post): Promise<void> {
		if (post.waitMs) await new Promise((resolve) => setTimeout(resolve, post.waitMs).unref());
		if (this.stopped) return;
		if (post.dropped) {
			this.record(task, post, { refused: 'dropped by a fault' });
			return;
		}
		const url = task.callbackUrl ?? '';
		if (!isOnThisMachine(url)) {
			this.record(task, post, { refused: 'not an address of this machine' });
			return;
		}
		const entry = this.record(task, post);
		try {
			entry.status = await this.delivery.post(url, post);
		} catch (error) {
			entry.error = error instanceof Error ? error.message : String(error);
		}
	}

	private record(task: Task, post: Post, more: Partial<CallbackEntry> = {}): CallbackEntry {
		const entry: CallbackEntry = {
			time: this.world.clock.now(),
			service: task.service,
			taskId: task.id,
			url: task.callbackUrl ?? '',
			headers: post.headers,
			rawBody: post.rawBody,
			taskStatus: post.taskStatus,
			status: 0,
			...(post.forged ? { forged: true } : {}),
			...more,
		};
		this.world.ledger.callbacks.push(entry);
		return entry;
	}
}

function pathOf(url: string): string {
	try {
		return new URL(url).pathname;
	} catch {
		return url;
	}
}
