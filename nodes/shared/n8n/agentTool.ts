import type { IExecuteFunctions } from 'n8n-workflow';

import type { NodeContext } from './transport';

/** For an agent, n8n makes a node of type `…Tool` of this one: the model gets the json of what it returns, and no file. */
export function isAgentTool(context: NodeContext): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * Whether a failure becomes an item instead of ending the node. An agent is always told in words what went wrong;
 * what a tool throws reaches the model as nothing at all.
 */
export function continuesOnFail(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isAgentTool(context);
}
