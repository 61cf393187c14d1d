/** Some apps that speak RFC 6238, with where to get them: any other does as well. A setting replaces the list. */
export const apps = [
  {
    name: '2FAS',
    android: 'https://play.google.com/store/apps/details?id=com.twofasapp',
    ios: 'https://apps.apple.com/app/id1217793794',
  },
  {
    name: 'Google Authenticator',
    android: 'https://play.google.com/store/apps/details?id=com.google.android.apps.authenticator2',
    ios: 'https://apps.apple.com/app/id388497605',
  },
  {
    name: 'Microsoft Authenticator',
    android: 'https://play.google.com/store/apps/details?id=com.azure.authenticator',
    ios: 'https://apps.apple.com/app/id983156458',
  },
];
