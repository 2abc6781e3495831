import { z } from 'zod';
import type { Rest } from '../../e2e/lib';
import { NODE_TYPE } from '../../e2e/world';

const nodeList = z.array(
	z.object({ name: z.string(), properties: z.array(z.object({ name: z.string() }).passthrough()) }),
);

/** Whether the installed version of our node can suspend the execution. */
export async function canSuspend(rest: Rest): Promise<boolean> {
	const response = await rest.fetch('GET', '/types/nodes.json');
	const nodes = nodeList.parse(await response.json());
	const modes = nodes
		.filter(({ name }) => name === NODE_TYPE)
		.flatMap(({ properties }) => properties.filter(({ name }) => name === 'waitMode'));
	return JSON.stringify(modes).includes('"suspend"');
}
