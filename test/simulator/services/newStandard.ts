import type { Account } from '../accounts';
import { Refusal } from '../refusal';
import type { Task } from '../tasks';
import type { JsonObject, ServiceName } from '../types';
import { Fields } from '../validate/fields';
import { orderOf, rulesFor } from '../validate/newStandard';
import { PATHS } from '../validate/newStandardModels';
import { validationContext } from '../workshop';
import type { World } from '../world';
import { makeUnified } from './unifiedTasks';

/** `/text-to-video/kling-3.0-turbo` and the like: the first part says what is made, the second one by which model. */
export function newStandardRoute(path: string): { what: string; model: string } | undefined {
	const [, what = '', model = '', ...more] = path.split('/');
	return Object.hasOwn(PATHS, what) && model !== '' && more.length === 0
		? { what, model }
		: undefined;
}

/** Makes what a body orders, or refuses it. */
export function makeNewStandard(
	world: World,
	body: JsonObject,
	{ what, model }: { what: string; model: string },
	{ service, account }: { service: ServiceName; account: Account },
): Task {
	const rules = rulesFor(what, model);
	if (!rules) throw new Refusal(1203, `The model '${model}' does not exist`);
	const order = orderOf(new Fields(body), rules, validationContext(world, account));
	return makeUnified(world, { service, account, kind: rules.kind, request: body, order });
}
