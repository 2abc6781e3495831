import { checkReachable } from '../../../nodes/Kling/suspend/resumeUrl';

const OUTSIDE = 'https://api-singapore.klingai.com';
const refuses = (service: string, callback: string) => () =>
	checkReachable(service, `${callback}/webhook-waiting/7?signature=abc`);

describe('a service outside', () => {
	it.each([
		'http://localhost:5678',
		'http://127.0.0.1:5678',
		'http://[::1]:5678',
		'http://0.0.0.0:5678',
		'http://10.1.2.3',
		'http://172.16.0.9',
		'http://172.31.0.9',
		'http://192.168.178.20:5678',
		'http://169.254.1.1',
		'http://100.64.0.7',
		'http://[fd12:3456::1]',
		'http://[fe80::1]',
		'http://n8n:5678',
		'http://nas.local',
		'http://N8N.LAN',
		'http://host.docker.internal:5678',
	])('cannot call %s', (callback) => {
		expect(refuses(OUTSIDE, callback)).toThrow(/cannot call this n8n back/);
	});

	it.each([
		'https://n8n.example.com',
		'https://n8n.example.com:8443',
		'http://203.0.113.7:5678',
		'http://172.32.0.9',
		'http://100.128.0.7',
		'http://11.0.0.1',
		'http://[2001:db8::1]',
		// Names that begin like an address of a private network.
		'http://0.tcp.ngrok.io:12345',
		'http://10.tcp.eu.ngrok.io:12345',
		'https://127.example.com',
		'https://192.168.example.com',
	])('can call %s', (callback) => {
		expect(refuses(OUTSIDE, callback)).not.toThrow();
	});

	it('is told apart from the secret of the address', () => {
		try {
			refuses(OUTSIDE, 'http://localhost:5678')();
		} catch (thrown) {
			expect(JSON.stringify(thrown)).not.toContain('signature');
		}
		expect.assertions(1);
	});
});

it.each([
	['http://127.0.0.1:4100', 'http://127.0.0.1:5678'],
	['http://localhost:4100', 'http://192.168.1.5:5678'],
	['http://192.168.1.7:4100', 'http://192.168.1.5:5678'],
	['http://relay:4100', 'http://n8n:5678'],
])('a service at %s can call %s', (service, callback) => {
	expect(refuses(service, callback)).not.toThrow();
});

it('a service on another machine of the network cannot call localhost', () => {
	expect(refuses('http://192.168.1.7:4100', 'http://localhost:5678')).toThrow();
});

it('a service whose name begins with 127. is no loopback service', () => {
	expect(refuses('https://127.example.com', 'http://localhost:5678')).toThrow();
});
