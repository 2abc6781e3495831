/** The real n8n, for `npm start` and for the end-to-end tests. */
export * from './executions';
export * from './n8n';
export * from './ownProcess';
export * from './packageTarball';
export * from './paths';
export * from './ports';
export * from './rest';
export * from './session';
export * from './simulatorProcess';
export * from './underTest';
export * from './workflows';
