import { communityPackages, nodeTypes } from '../lib';
import { NODE_TYPE, type World } from '../world';

export function packageSuite(world: () => World): void {
	describe('the package', () => {
		it('is listed under Settings → Community nodes', async () => {
			const { rest, tarball } = world();
			const packages = await communityPackages(rest);
			expect(packages).toEqual([
				expect.objectContaining({
					packageName: tarball.name,
					installedVersion: tarball.version,
					failedLoading: false,
				}),
			]);
			expect(packages[0]?.installedNodes).toContainEqual(
				expect.objectContaining({ type: NODE_TYPE, name: 'Kling' }),
			);
		});

		it.each(['kling', 'video', '可灵', 'ai video'])(
			'is found in the node panel by "%s"',
			async (word) => {
				const types = await nodeTypes(world().rest);
				const node = types.find(({ name }) => name === NODE_TYPE);
				const searched = [node?.displayName ?? '', ...(node?.aliases ?? [])].map((text) =>
					text.toLowerCase(),
				);
				expect(searched).toContainEqual(expect.stringContaining(word));
			},
		);

		it('has an icon for the light and one for the dark theme', async () => {
			const { rest } = world();
			const node = (await nodeTypes(rest)).find(({ name }) => name === NODE_TYPE);
			const bodies = [];
			for (const path of [node?.icons?.light, node?.icons?.dark]) {
				const response = await rest.fetch('GET', `/${path ?? 'no-icon'}`);
				expect(response.headers.get('content-type')).toContain('image/svg');
				bodies.push(await response.text());
			}
			expect(bodies[0]).not.toBe(bodies[1]);
		});
	});
}
